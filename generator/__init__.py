"""«Проект+»: a library's resource centre, from text files in git to site, feeds, calendars and paper."""
