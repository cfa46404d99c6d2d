#!/bin/sh
# Finds Chromium for the tests, or installs it with the system's package manager; silent when it is there.
# The one without windows takes half the time: the whole browser draws its own frame for every page.
set -eu

found() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

fail() {
    echo "Для тестов нужен Chromium, поставить его самим не вышло: $1." >&2
    echo "Поставьте Chromium или Google Chrome так, чтобы запускалась команда chromium, chromium-browser или google-chrome, и повторите make test." >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

if found; then
    exit 0
fi

if has brew; then
    brew install --cask chromium || fail "не сработала команда brew install --cask chromium"
else
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif has sudo && sudo -n true 2>/dev/null; then
        root="sudo -n"
    else
        fail "нужны права администратора (sudo без пароля)"
    fi
    # $root is either empty or two words.
    if has apt-get; then
        $root apt-get update || fail "не сработала команда apt-get update"
        $root apt-get install -y --no-install-recommends chromium-headless-shell ||
            $root apt-get install -y --no-install-recommends chromium || fail "не сработала команда apt-get install chromium"
    elif has dnf; then
        $root dnf install -y chromium || fail "не сработала команда dnf install chromium"
    elif has pacman; then
        $root pacman -Sy --noconfirm chromium || fail "не сработала команда pacman -Sy chromium"
    elif has apk; then
        $root apk add chromium || fail "не сработала команда apk add chromium"
    elif has zypper; then
        $root zypper --non-interactive install chromium || fail "не сработала команда zypper install chromium"
    else
        fail "не нашли apt-get, dnf, pacman, apk, zypper или brew"
    fi
fi

found || fail "он установлен, но команды chromium нет"
