#!/bin/sh
# Finds a program that the tests need, or installs it with the system's package manager; silent when it is there:
# sh tests/programs.sh chromium, sh tests/programs.sh npm.
set -eu

has() {
    command -v "$1" >/dev/null 2>&1
}

fail() {
    echo "Для тестов нужен $name, поставить его самим не вышло: $1." >&2
    echo "Поставьте $name так, чтобы запускалась команда $commands, и повторите make test." >&2
    exit 1
}

case "$1" in
chromium)
    name="Chromium"
    commands="chromium, chromium-browser или google-chrome"
    # The one without windows takes half the time: the whole browser draws its own frame for every page.
    found() { has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }
    debian="chromium-headless-shell" debian_else="chromium" brew="--cask chromium" others="chromium"
    ;;
npm)
    name="npm"
    commands="npm"
    found() { has npm; }
    debian="npm" debian_else="npm" brew="node" others="npm"
    ;;
esac

if found; then
    exit 0
fi

if has brew; then
    # $brew and $root may be two words.
    brew install $brew || fail "не сработала команда brew install $brew"
else
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif has sudo && sudo -n true 2>/dev/null; then
        root="sudo -n"
    else
        fail "нужны права администратора (sudo без пароля)"
    fi
    if has apt-get; then
        $root apt-get update || fail "не сработала команда apt-get update"
        $root apt-get install -y --no-install-recommends "$debian" ||
            $root apt-get install -y --no-install-recommends "$debian_else" ||
            fail "не сработала команда apt-get install $debian_else"
    elif has dnf; then
        $root dnf install -y "$others" || fail "не сработала команда dnf install $others"
    elif has pacman; then
        $root pacman -Sy --noconfirm "$others" || fail "не сработала команда pacman -Sy $others"
    elif has apk; then
        $root apk add "$others" || fail "не сработала команда apk add $others"
    elif has zypper; then
        $root zypper --non-interactive install "$others" || fail "не сработала команда zypper install $others"
    else
        fail "не нашли apt-get, dnf, pacman, apk, zypper или brew"
    fi
fi

found || fail "он установлен, но команды $commands нет"
