// Which questions a drill asks. Pure: index and progress in, a list of questions out.

import { shuffled } from "./random.js"
import { isDue } from "./schedule.js"

/** All questions of the index, as {key, record, id, objectives}. */
export function questions(index) {
  return Object.entries(index.records).flatMap(([record, { objectives, items }]) =>
    Object.keys(items).map((id) => ({ key: `${record}/${id}`, record, id, objectives })),
  )
}

/**
 * Those in a scope: `all`, `due`, `missed`, `exam:CODE`, `domain:CODE:3`, `task:CODE:3.3` or `record:concept/ID`.
 * An unknown scope holds none.
 */
export function within(all, scope, items, today) {
  const [kind, name, number] = scope.split(":")
  const covers = (question, prefix) => (question.objectives[name] ?? []).some((own) => own.startsWith(prefix))
  const test = {
    all: () => true,
    due: (question) => isDue(items[question.key], today),
    missed: (question) => items[question.key]?.wrong > 0,
    exam: (question) => covers(question, ""),
    domain: (question) => covers(question, `${number}.`),
    task: (question) => covers(question, `${number}.`),
    record: (question) => question.record === name,
  }[kind]
  return test ? all.filter(test) : []
}

/** At most `count` of them: what is due, then what is new, then what is due next; chance decides among equals. */
export function drill(found, items, count, today, random) {
  const rank = ({ key }) => (isDue(items[key], today) ? "0" : items[key] ? items[key].due : "1")
  return sorted(shuffled(found, random), rank).slice(0, count)
}

/** At most `count` that were missed, the worst first: the larger part of wrong answers, then the more of them. */
export function worst(found, items, count) {
  const part = ({ key }) => items[key].wrong / (items[key].wrong + items[key].right)
  return [...found].sort((a, b) => part(b) - part(a) || items[b.key].wrong - items[a.key].wrong).slice(0, count)
}

/**
 * Questions for a mock of an exam: as many for each domain as its weight asks for, or as many as there are.
 * Gives `{questions, short}`; `short` lists domains with too few as {number, title, wanted, found}.
 */
export function mock(all, exam, random) {
  const home = (question) => Number(question.objectives[exam.code]?.[0]?.split(".")[0])
  const short = []
  const chosen = shares(exam).flatMap(({ domain, wanted }) => {
    const found = shuffled(
      all.filter((question) => home(question) === domain.number),
      random,
    ).slice(0, wanted)
    if (found.length < wanted) short.push({ number: domain.number, title: domain.title, wanted, found: found.length })
    return found
  })
  return { questions: shuffled(chosen, random), short }
}

/** The exam's questions dealt out by weight; the largest remainders get what is left over. */
function shares(exam) {
  const parts = exam.domains.map((domain) => ({ domain, exact: (exam.questions * domain.weight) / 100 }))
  const dealt = parts.map((part) => ({ ...part, wanted: Math.floor(part.exact) }))
  const left = exam.questions - dealt.reduce((sum, part) => sum + part.wanted, 0)
  const byRemainder = [...dealt].sort((a, b) => b.exact - b.wanted - (a.exact - a.wanted))
  for (const part of byRemainder.slice(0, left)) part.wanted += 1
  return dealt
}

function sorted(things, rank) {
  return [...things].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
