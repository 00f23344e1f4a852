import type { GlossedHeadline } from '../page-view.ts'
import type { CauseView, Fact, SampleView, Statement, Step } from '../view.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'

export const paragraphs = (texts: readonly string[]): readonly Markup[] =>
  texts.filter(text => text !== '').map(text => html`<p>${text}</p>`)

export const statement = ({ text, tone }: Statement): Markup => html`<p class="${tone}">${text}</p>`

export const list = (texts: readonly string[]): Markup =>
  texts.length === 0
    ? html``
    : html`<ul>
        ${texts.map(text => html`<li>${text}</li>`)}
      </ul>`

export const facts = (rows: readonly Fact[]): Markup =>
  rows.length === 0
    ? html``
    : html`<dl>
        ${rows.map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>`

/** Words in place of a number are set smaller: they must not look like one. */
export function card({ label, value, detail, tone, lines, note, gloss }: GlossedHeadline): Markup {
  const kind = /^\d/.test(value) ? '' : 'words'
  return html`<section class="number ${kind}">
    <h2>${label}</h2>
    ${gloss === '' ? html`` : html`<p class="gloss">${gloss}</p>`}
    <p class="value ${tone}">${value}</p>
    <p class="detail">${detail}</p>
    ${facts(lines)}${note === '' ? html`` : html`<p class="note">${note}</p>`}
  </section>`
}

export const cause = ({ name, certainty, claim, evidence, next }: CauseView): Markup =>
  html`<h3>${name} <span class="soft">${certainty}</span></h3>
    <p>${claim}</p>
    ${list(evidence)}${next === null ? html`` : html`<p><strong>Next:</strong> ${next}</p>`}`

export function steps(all: readonly Step[]): Markup {
  const items = all.map(({ text, command }) => {
    const typed = command === null ? html`` : html`<pre>${command.join(' ')}</pre>`
    return html`<li>${text}${typed}</li>`
  })
  return html`<ol>
    ${items}
  </ol>`
}

export const sample = ({ request, outcome, at, head, body }: SampleView): Markup =>
  html`<h3>
      <span class="${outcome.tone}">${outcome.text}</span> ${request}
      <span class="soft">${at} into the run</span>
    </h3>
    <pre>${[...head, '', ...body].join('\n').trim()}</pre>`
