import { options, type VNode } from 'preact';
import { say, type WordKey } from '../lib/words';

/**
 * form-js speaks English only: what its validator answers, with the words for it. `{label}` is the field's own.
 * The order matters: the first that fits is taken.
 */
const CHECKS: [RegExp, WordKey][] = [
    [/^Field is required\.$/, 'check.required'],
    [/^Value is not a number\.$/, 'check.number'],
    [/^Value is expected to be an integer\.$/, 'check.integer'],
    [/^Value is expected to have at most (\d+) decimal digits?\.$/, 'check.decimals'],
    [/^Please select a valid value, the two nearest valid values are (\S+) and (\S+)\.$/, 'check.step'],
    [/^Field must match pattern .*\.$/s, 'check.pattern'],
    [/^Field must have minimum value of (\S+)\.$/, 'check.min'],
    [/^Field must have maximum value of (\S+)\.$/, 'check.max'],
    [/^Field must have minimum length of (\d+)\.$/, 'check.minLength'],
    [/^Field must have maximum length of (\d+)\.$/, 'check.maxLength'],
    [/^Field must be a valid email\.$/, 'check.email'],
    [/^Field must be a valid +international phone number\..*$/, 'check.phone'],
];

const REQUIRED: Record<string, WordKey> = {
    radio: 'check.requiredChoice',
    select: 'check.requiredChoice',
    taglist: 'check.requiredChoice',
    checklist: 'check.requiredChoice',
    checkbox: 'check.requiredTick',
    files: 'check.requiredFiles',
};

/** What form-js writes into its own fields. */
const BUILT_IN: [RegExp, WordKey][] = [
    [/^Add new$/, 'built.add'],
    [/^Collapse$/, 'built.collapse'],
    [/^Expand all \((\d+)\)$/, 'built.expand'],
    [/^No results$/, 'built.none'],
    [/^All values selected$/, 'built.allChosen'],
    [/^Search$/, 'built.search'],
    [/^Skip to search$/, 'built.search'],
    [/^Select$/, 'built.choose'],
    [/^Remove tag$/, 'built.untag'],
    [/^Remove list item (\d+)$/, 'built.remove'],
    [/^Increment$/, 'built.increment'],
    [/^Decrement$/, 'built.decrement'],
];

export interface Field {
    id: string;
    type: string;
    key?: string;
    path?: string;
    label?: string;
    dateLabel?: string;
    components?: Field[];
    values?: { label: string; value: unknown }[];
    valuesKey?: string;
    properties?: Record<string, string>;
    validate?: { required?: boolean };
}

/** The name a person knows a field by. */
export function nameOf(field: Field): string {
    return (field.label || field.dateLabel || field.key || '').replace(/[：:]\s*$/, '');
}

function translate(text: string, table: [RegExp, WordKey][], more: Record<string, string> = {}, swap?: WordKey): string {
    for (const [pattern, key] of table) {
        const found = pattern.exec(text);
        if (found) {
            return say(key === 'check.required' && swap ? swap : key, { ...more, 0: found[1], 1: found[2] });
        }
    }
    return text;
}

interface Validator {
    validateField(field: Field, value: unknown): string[];
    validateFieldInstance(instance: { id: string }, value: unknown): string[];
}

/** A form-js module that says what is wrong in the page's language, naming the field. */
export const politeChecks = {
    __init__: [
        [
            'validator',
            'formFieldRegistry',
            (validator: Validator, registry: { get(id: string): Field }) => {
                const polite = (field: Field, errors: string[]) => errors.map((error) => translate(error, CHECKS, { label: nameOf(field) }, REQUIRED[field.type]));
                const { validateField, validateFieldInstance } = validator;
                validator.validateField = (field, value) => polite(field, validateField.call(validator, field, value));
                validator.validateFieldInstance = (instance, value) => polite(registry.get(instance.id), validateFieldInstance.call(validator, instance, value));
            },
        ],
    ],
};

/** Lets form-js write its own words in the page's language; it has no other place to say so than where it makes its elements. */
export function speakOurLanguage(): void {
    const before = options.vnode;
    const word = (value: unknown) => (typeof value === 'string' ? translate(value, BUILT_IN) : value);
    options.vnode = (vnode: VNode) => {
        const props = vnode.props as Record<string, unknown>;
        for (const name of ['placeholder', 'title', 'aria-label', 'label', 'emptyListMessage'] as const) {
            if (typeof props[name] === 'string') {
                props[name] = word(props[name]);
            }
        }
        if (typeof props.children === 'string') {
            props.children = word(props.children);
        } else if (Array.isArray(props.children)) {
            props.children = props.children.map(word);
        }
        before?.(vnode);
    };
}
