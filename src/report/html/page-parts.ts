import type { CauseView, Fact, Headline, PromiseView, SampleView, Statement, TableView } from '../view.ts'
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
export function card({ label, value, detail, tone, lines, note }: Headline): Markup {
  const kind = /^\d/.test(value) ? '' : 'words'
  return html`<section class="number ${kind}">
    <p class="label">${label}</p>
    <p class="value ${tone}">${value}</p>
    <p class="detail">${detail}</p>
    ${facts(lines)}${note === '' ? html`` : html`<p class="note">${note}</p>`}
  </section>`
}

export function table({ columns, rows, legend }: TableView): Markup {
  const kind = (index: number): string =>
    `${columns[index]!.align}${columns[index]!.rank > 0 ? ' extra' : ''}`
  const head = columns.map(({ label }, index) => html`<th scope="col" class="${kind(index)}">${label}</th>`)
  const cell = ({ text, tone }: Statement, index: number): Markup =>
    html`<td class="${kind(index)} ${tone}">${text}</td>`
  const body = rows.map(
    row =>
      html`<tr>
        ${row.map(cell)}
      </tr>`,
  )
  const drawn =
    rows.length === 0
      ? html``
      : html`<div class="scroll">
          <table>
            <thead>
              <tr>
                ${head}
              </tr>
            </thead>
            <tbody>
              ${body}
            </tbody>
          </table>
        </div>`
  return html`${drawn}${legend === null ? html`` : html`<p class="legend">${legend}</p>`}`
}

export function promiseTable(promises: readonly PromiseView[]): Markup {
  const rows = promises.map(
    ({ text, held, measured, because }) =>
      html`<tr>
        <td class="${held.tone}"><strong>${held.text}</strong></td>
        <td><code>${text}</code></td>
        <td>${measured}</td>
        <td class="soft">${because}</td>
      </tr>`,
  )
  return html`<table class="stacked">
    <thead>
      <tr>
        <th></th>
        <th>promise</th>
        <th>measured</th>
        <th>because</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

export const cause = ({ name, certainty, claim, evidence, next }: CauseView): Markup =>
  html`<h3>${name} <span class="soft">${certainty}</span></h3>
    <p>${claim}</p>
    ${list(evidence)}${next === null ? html`` : html`<p><strong>Next:</strong> ${next}</p>`}`

export const sample = ({ request, outcome, at, head, body }: SampleView): Markup =>
  html`<h3>
      <span class="${outcome.tone}">${outcome.text}</span> ${request}
      <span class="soft">${at} into the run</span>
    </h3>
    <pre>${[...head, '', ...body].join('\n').trim()}</pre>`
