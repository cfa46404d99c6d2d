#!/bin/sh
# Хранилище S3 (Яндекс Облако, VK Cloud, Selectel и другие): отправляет собранный сайт.
# Нужен rclone с настроенным доступом; куда: sh deploy/s3.sh s3:<< host >>
# В настройках хранилища: главная страница index.html, страница ошибки 404.html.
# Прежние файлы уходят последними: кто читает сайт в эту минуту, не встретит страницу без стиля.
# Вернуть прежний сайт: включите в хранилище версии, или соберите прежний: git checkout КОММИТ, proekt build, sh deploy/s3.sh …
set -eu
to=$1
test -f site/index.html || { echo "нет собранного сайта: сначала proekt build" >&2; exit 1; }
lasting="*.{woff2,png,jpg,jpeg,webp,svg,ico}"
rclone copy --checksum --include "$lasting" --header-upload "Cache-Control: public, max-age=604800" site "$to"
rclone copy --checksum --include "*.ics" --header-upload "Content-Type: text/calendar; charset=utf-8" \
  --header-upload "Cache-Control: no-cache" site "$to"
rclone copy --checksum --exclude "_headers" --header-upload "Cache-Control: no-cache" site "$to"
rclone sync --checksum --exclude "_headers" site "$to"
