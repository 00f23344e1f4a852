import { html } from './markup.ts'
import type { Markup } from './markup.ts'

/** A part of the page that has a heading, and so an entry in the page's own table of contents. */
export interface Section {
  readonly id: string
  readonly heading: string
  readonly markup: Markup
}

export const section = (id: string, heading: string, content: Markup, tone = ''): Section => ({
  id,
  heading,
  markup: html`<section id="${id}" class="${tone}">
    <h2>${heading}</h2>
    ${content}
  </section>`,
})

/** Folded until it is wanted, or printed. */
export const foldedSection = (id: string, heading: string, content: Markup): Section => ({
  id,
  heading,
  markup: html`<section id="${id}">
    <details>
      <summary><h2>${heading}</h2></summary>
      ${content}
    </details>
  </section>`,
})

/** Columns of sections, side by side where there is room. Empty columns take none. */
export interface Row {
  readonly kind: 'pair' | 'axes'
  readonly columns: readonly (readonly Section[])[]
}

export const sectionsOf = ({ columns }: Row): readonly Section[] => columns.flat()

export function layOut({ kind, columns }: Row): Markup {
  const filled = columns.filter(column => column.length > 0)
  const inside = filled.map(column => column.map(({ markup }) => markup))
  if (inside.length < 2) return html`${inside.flat()}`
  return html`<div class="${kind}">
    ${inside.map(column => (column.length === 1 ? column[0]! : html`<div>${column}</div>`))}
  </div>`
}

export const contents = (sections: readonly Section[]): Markup =>
  html`<nav aria-label="On this page">
    <ul>
      ${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}
    </ul>
  </nav>`
