#!/usr/bin/env bash
# judge.sh BASE PROPOSAL: checks the records of one checkout with the code of the other.
#
# Prints annotations on the lines; the exit status is that of `signpost check`. Of the proposal only content/ is copied,
# beside nothing: none of its code, settings or packages are near.
set -euo pipefail
base=$(realpath "$1")
proposal=$(realpath "$2")

if [[ -L $proposal/content || ! -d $proposal/content ]]; then
  echo "::error::content/ is not a folder in this proposal"
  exit 1
fi
judged=$(mktemp -d)
trap 'rm -rf "$judged"' EXIT
cp -R -P "$proposal/content" "$judged/content"

if grep -q '^[^#]*@your-organization/' "$base/.github/CODEOWNERS"; then
  echo "::warning file=.github/CODEOWNERS::No owner is named yet, so nobody has to approve changes to the code"
fi

make -C "$base" .venv/site
cd "$judged"
"$base/.venv/bin/signpost" check --format github
