#!/bin/sh
# Кладёт собранный сайт в ветку pages, а то, что в ней было, — в ветку pages-before.
# Вернуть прежний сайт:  git fetch origin pages-before && git push --force origin FETCH_HEAD:refs/heads/pages
set -eu
remote=${1:-origin}
test -f site/index.html || { echo "нет собранного сайта: сначала proekt build" >&2; exit 1; }

GIT_INDEX_FILE=$(mktemp -u)
GIT_AUTHOR_NAME=Сборка GIT_AUTHOR_EMAIL=<< extra.report_to >>
GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
export GIT_INDEX_FILE GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
git --work-tree=site add --all --force .
tree=$(git write-tree)
rm -f "$GIT_INDEX_FILE"

if git fetch --quiet --depth 1 "$remote" pages 2>/dev/null; then
  before=$(git rev-parse FETCH_HEAD)
  if [ "$(git rev-parse "$before^{tree}")" = "$tree" ]; then
    echo "сайт тот же, публиковать нечего"
    exit 0
  fi
  git push --quiet --force "$remote" "$before:refs/heads/pages-before"
fi
# Без прошлого: иначе хранилище росло бы с каждой ночью.
commit=$(git commit-tree "$tree" -m "Сайт из $(git rev-parse --short HEAD)")
git push --quiet --force "$remote" "$commit:refs/heads/pages"
echo "опубликовано: $commit"
