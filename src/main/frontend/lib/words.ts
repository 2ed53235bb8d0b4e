import en from '../words/en.json';
import zh from '../words/zh.json';

/** The key of a text that a script says. */
export type WordKey = keyof typeof zh;

const words: Record<WordKey, string> = document.documentElement.lang.startsWith('en') ? en : zh;

/** The text in the page's language, its `{names}` replaced by `values`. */
export function say(key: WordKey, values: Record<string, string | number> = {}): string {
    return words[key].replace(/{(\w+)}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A moment of today or earlier as people say it: the time alone today, else with its day. */
export function sayTime(at: number): string {
    const date = new Date(at);
    const time = { hour: '2-digit', minute: '2-digit' } as const;
    const today = date.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(document.documentElement.lang, today ? time : { month: 'long', day: 'numeric', ...time }).format(date);
}
