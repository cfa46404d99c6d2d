#!/bin/sh
# Свой сервер: берёт правки, собирает сайт и ставит его на место прежнего одним движением.
# Если в записях ошибка, прежний сайт остаётся, а команда кончается неудачей: о ней напишет proekt-failed.service.
# Собирает, только если есть правки или наступил новый день.
set -eu
cd "$(dirname "$0")/.."
root=${SITE_ROOT:-/srv/<< host >>}
proekt=${PROEKT:-.venv/bin/proekt}
mkdir -p "$root/releases"

git pull --quiet --ff-only || echo "не удалось взять правки; пока остаётся то, что есть" >&2
state="$(git rev-parse HEAD) $(TZ=<< extra.time_zone >> date +%F)"
test "$state" != "$(cat "$root/tried" 2>/dev/null || true)" || exit 0
# Записано до сборки: о неудаче сказано один раз, а не каждые пять минут.
echo "$state" > "$root/tried"

"$proekt" check
# Форма для правки (/admin/) собирается из пакета npm; нет npm — сайт выходит без неё.
"$proekt" build --compress --admin || "$proekt" build --compress
release=$(date -u +%Y-%m-%dT%H-%M-%SZ)
cp -a site "$root/releases/$release"
ln -sfn "releases/$release" "$root/current.new"
mv -T "$root/current.new" "$root/current"
echo "опубликовано: $release"

# Семь последних остаются, чтобы было куда вернуться.
ls -1 "$root/releases" | sort -r | tail -n +8 | while read -r old; do rm -rf "$root/releases/$old"; done
