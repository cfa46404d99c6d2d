#!/bin/sh
# Свой сервер: берёт правки, собирает сайт и ставит его на место прежнего одним движением.
# Если в записях ошибка, прежний сайт остаётся, а команда кончается неудачей: о ней напишет proekt-failed.service.
# Собирает, только если есть правки или наступил новый день; прерванное (пропал ток) делает заново.
set -eu
cd "$(dirname "$0")/.."
root=${SITE_ROOT:-/srv/<< host >>}
proekt=${PROEKT:-.venv/bin/proekt}
mkdir -p "$root/releases"
<% if path != "/" %>
# Сайт живёт по адресу << path >>: сервер показывает папку web, в ней на этом месте — ссылка на последний выпуск.
mkdir -p "$root/web<< path[:-1].rpartition("/")[0] >>"
ln -sfn "$root/current" "$root/web<< path[:-1] >>"
<% endif %>

git pull --quiet --ff-only || echo "не удалось взять правки; пока остаётся то, что есть" >&2
state="$(git rev-parse HEAD) $(TZ=<< extra.time_zone >> date +%F)"
test "$state" != "$(cat "$root/tried" 2>/dev/null || true)" || exit 0

# О неудаче сказано один раз, а не каждые пять минут.
failed() {
  echo "$state" > "$root/tried"
  echo "сайт прежний; попробовать ещё раз, не дожидаясь правки: rm $root/tried" >&2
  exit 1
}

"$proekt" check || failed
# Форма для правки (/admin/) собирается из пакета npm; нет npm — сайт выходит без неё.
"$proekt" build --compress --admin || "$proekt" build --compress || failed

if diff -rq site "$root/current/" > /dev/null 2>&1; then
  echo "сайт тот же, публиковать нечего"
else
  release=$(date -u +%Y-%m-%dT%H-%M-%SZ)
  # Выпуском он станет, когда ляжет весь: недописанному среди них не место, к ним возвращаются.
  rm -rf "$root/coming"
  cp -a site "$root/coming" || { rm -rf "$root/coming"; failed; }
  mv -T "$root/coming" "$root/releases/$release"
  ln -sfn "releases/$release" "$root/current.new"
  mv -T "$root/current.new" "$root/current"
  echo "опубликовано: $release"
fi
echo "$state" > "$root/tried"

# Семь последних остаются, чтобы было куда вернуться.
ls -1 "$root/releases" | sort -r | tail -n +8 | while read -r old; do rm -rf "$root/releases/$old"; done
