#!/usr/bin/env bash
# one_issue.sh REPORTS: puts the weekly reports into one issue.
#
# LINKS and AUDIT are "success" where the checks found nothing. The issue is opened when there is something to do, renewed
# while that lasts, and closed when it is done. Needs gh and GH_TOKEN.
set -euo pipefail
title="Weekly report: links and packages"
run="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
link_report=$1/links.md
audit_report=$1/audit.md

# An issue holds 65,536 characters. The run keeps the whole reports.
section() {
  printf '## %s\n\n' "$1"
  if [[ -s $2 ]]; then
    awk '{ room += length($0) + 1 } room > 30000 { print "- […]"; exit } { print }' "$2"
  elif [[ $3 == success ]]; then
    echo "Nothing."
  else
    echo "No report: the check itself failed. See the run below."
  fi
  printf '\n\n'
}

body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
  section "Links that leave the site" "$link_report" "$LINKS"
  section "Known faults of the locked packages" "$audit_report" "$AUDIT"
  echo "Written by [this run]($run)."
} > "$body"

to_do() {
  [[ $LINKS != success || $AUDIT != success ]] || grep -qE '^### (Exceptions|Due for a re-check)$' "$link_report"
}

export GH_REPO="$GITHUB_REPOSITORY"
number=$(gh issue list --state open --app github-actions --limit 100 --json number,title \
  --jq "map(select(.title == \"$title\")) | .[0].number // empty")

if [[ -n $number ]]; then
  gh issue edit "$number" --body-file "$body"
  to_do || gh issue close "$number" --comment "Nothing is left to do."
elif to_do; then
  gh issue create --title "$title" --body-file "$body"
fi
