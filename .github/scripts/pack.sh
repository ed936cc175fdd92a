#!/usr/bin/env bash
# pack.sh SITE ARCHIVE: packs a built site as Pages takes it.
#
# The same site at the same commit gives the same bytes, so whoever builds that commit can check the archive.
set -euo pipefail
moment=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
tar --create --file="$2" --directory="$1" --format=gnu --sort=name --mtime="@$moment" \
  --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --hard-dereference .
sha256sum "$2"
