import en from '../words/en.json';
import zh from '../words/zh.json';

/** The key of a text that a script says. */
export type WordKey = keyof typeof zh;

const words: Record<WordKey, string> = document.documentElement.lang.startsWith('en') ? en : zh;

/** The text in the page's language, its `{names}` replaced by `values`. */
export function say(key: WordKey, values: Record<string, string | number> = {}): string {
    return words[key].replace(/{(\w+)}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A moment as people here say it, in Shanghai's time: the time alone today, else with its day. */
export function sayTime(at: number): string {
    const tell = (how: Intl.DateTimeFormatOptions, moment: number) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'Asia/Shanghai', ...how }).format(moment);
    const day = { month: 'long', day: 'numeric' } as const;
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return tell(tell(day, at) === tell(day, Date.now()) ? time : { ...day, ...time }, at);
}
