{# Words for the pages' script, which puts statuses right at the moment of looking. #}
window.proekt = {
  status: {{ words.status | tojson }},
  left: {
    one: "остался", other: "осталось", day: ["день", "дня", "дней"],
    today: "закроется сегодня в ", todayWhole: "закроется сегодня, до конца дня",
    tonight: "закроется этой ночью, в ", opens: "откроется "
  },
  zone: {{ settings.extra.time_zone | tojson }}
};
