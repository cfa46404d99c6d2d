#!/bin/sh
# Свой сервер: ставит на место сайт, который был до нынешнего. Ещё раз — до того.
# Потом исправьте запись или отмените правку (git revert): следующая сборка снова возьмёт то, что лежит в git.
set -eu
root=${SITE_ROOT:-/srv/<< host >>}
test -L "$root/current" || { echo "сайт ещё не публиковали" >&2; exit 1; }
now=$(basename "$(readlink "$root/current")")
before=$(ls -1 "$root/releases" | sort | awk -v now="$now" '$0 < now { found = $0 } END { print found }')
test -n "$before" || { echo "раньше $now ничего нет" >&2; exit 1; }
ln -sfn "releases/$before" "$root/current.new"
mv -T "$root/current.new" "$root/current"
# Не среди выпусков: к сайту с ошибкой возвращаться незачем и потом, когда выйдет исправленный.
rm -rf "$root/undone"
mv "$root/releases/$now" "$root/undone"
echo "на месте снова: $before; прежний отложен: $root/undone"
