// Figures as people read them; every word comes from the page.

const UNITS = ["byte", "KB", "MB", "GB"];

export class Words {
  constructor(words, language) {
    this.words = words;
    this.language = language;
  }

  say(name, values = {}) {
    return (this.words[name] ?? name).replace(/%\((\w+)\)s/g, (whole, key) => values[key] ?? whole);
  }

  bytes(count) {
    let [amount, unit] = [count, 0];
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit += 1;
    }
    const digits = unit === 0 || amount >= 100 ? 0 : 1;
    return `${amount.toLocaleString(this.language, { maximumFractionDigits: digits })} ${UNITS[unit]}`;
  }

  percent(share) {
    return `${Math.floor(share * 100).toLocaleString(this.language)} %`;
  }

  // As the server says it: nobody can tell minutes ahead of hours.
  time(seconds) {
    const minutes = Math.round(seconds / 60);
    if (minutes < 1) return this.say("seconds");
    const hours = Math.floor(minutes / 60);
    if (!hours) return this.say("minutes", { minutes });
    const rest = (minutes % 60) - ((minutes % 60) % 5);
    return rest ? this.say("hours_minutes", { hours, minutes: rest }) : this.say("hours", { hours });
  }
}
