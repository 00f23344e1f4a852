import { unbreakable } from '../unbreakable.ts'

/** Text that is HTML already. Only `html` and `trusted` make it, so that nothing reaches the page unescaped by accident. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Markup[]

/** For what is ours and is HTML, CSS or script by purpose; never for a text from outside. */
export const trusted = (markup: string): Markup => ({ markup })

/** A template in which every text is escaped, for elements and for attributes in quotes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: String.raw({ raw: strings }, ...parts.map(write)) }
}

function write(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string =>
  unbreakable(text).replaceAll(/[&<>"']/g, character => ENTITIES[character]!)
