import type { Headline, LimitsView, ReportView, SearchView } from '../view.ts'
import {
  bold,
  bullets,
  entries,
  facts,
  folded,
  inline,
  prose,
  quoted,
  section,
  SIGN,
  statement,
  steps,
  table,
  viewTable,
} from './blocks.ts'
import { fitBlocks } from './fit-blocks.ts'
import type { Block } from './fit-blocks.ts'
import { codeSpan } from './inert-markdown.ts'

const MOST_CODE = 300

/**
 * The report for a comment of a pull request, or the summary of a CI job: verdict, the three numbers, promises, why it
 * stops there, what to do next; all else folded. Always shorter than 65 000 characters.
 */
export function renderMarkdown(view: ReportView): string {
  const blocks = [
    ...top(view),
    ...(view.measured ? [...headlines(view.headlines), ...trust(view), ...promises(view)] : []),
    ...section('Why it stops there', [...limits(view.limits), ...(view.measured ? recovery(view) : [])]),
    ...section('What to do next', steps(view.next)),
    ...(view.measured ? details(view) : []),
  ]
  return fitBlocks(blocks)
}

function top({ verdict, title, target, about, ending }: ReportView): readonly Block[] {
  return [
    `## ${SIGN[verdict.tone]}${inline(verdict.sentence)}`,
    `${bold(inline(title))} · ${codeSpan(target, MOST_CODE)} · ${inline(about)}`,
    ...(ending === null ? [] : statement({ text: ending, tone: 'unsure' })),
  ]
}

/** A column each, the number in bold below its name. */
function headlines(shown: readonly Headline[]): readonly Block[] {
  const lines = shown.flatMap(({ lines }) => lines)
  return [
    ...table({
      head: shown.map(({ label }) => label),
      align: shown.map(() => 'left'),
      rows: [shown.map(({ value, tone }) => SIGN[tone] + value), shown.map(({ detail }) => detail)],
      isStrong: line => line === 0,
    }),
    ...facts(lines),
    ...shown.flatMap(({ note }) => prose(note)),
  ]
}

/** Set apart from the numbers that they are about. */
function trust({ trust: { ok, text, tone, furtherReasons, notes } }: ReportView): readonly Block[] {
  return [
    ...(ok ? [] : quoted(SIGN[tone] + inline(text), furtherReasons)),
    ...(notes.length === 0 ? [] : quoted('Note:', notes)),
  ]
}

function promises({ promises }: ReportView): readonly Block[] {
  return section(
    'Promises',
    table({
      head: ['', 'promise', 'measured', 'because'],
      align: ['left', 'left', 'left', 'left'],
      rows: promises.map(({ text, held, measured, because }) => [
        SIGN[held.tone] + held.text,
        text,
        measured,
        because,
      ]),
      isStrong: (_line, column) => column === 1,
    }),
  )
}

function limits({ text, tone, because, saturation, causes }: LimitsView): readonly Block[] {
  return [
    ...statement({ text, tone }),
    ...prose([because, saturation ?? ''].filter(part => part !== '').join(' ')),
    ...entries(
      causes.flatMap(({ name, certainty, claim, evidence }) => [
        `- **${inline(name)}**${certainty === '' ? '' : ` (${inline(certainty)})`}: ${inline(claim)}`,
        ...evidence.map(one => `  - ${inline(one)}`),
      ]),
    ),
  ]
}

const recovery = ({ recovery: { text } }: ReportView): readonly Block[] =>
  text === '' ? [] : [`Recovery: ${inline(text)}`]

function details(view: ReportView): readonly Block[] {
  const { search, stages, routes, phases, sizing, generator, definitions, run } = view
  return [
    ...(search === null
      ? folded(`Stages (${stages.rows.length})`, viewTable(stages))
      : searchDetails(search)),
    // Those of a single request are those of the stages.
    ...(routes.rows.length < 2 ? [] : folded(`Requests (${routes.rows.length})`, viewTable(routes))),
    ...folded('Where the time goes', facts(phases)),
    ...folded('Sizing', [
      ...facts(sizing.facts),
      ...prose(sizing.because),
      ...(sizing.options.rows.length === 0 ? [] : viewTable(sizing.options)),
      ...facts(sizing.against),
      ...bullets(sizing.formulas),
    ]),
    ...folded('Load generator', [...statement(generator), ...facts(generator.facts)]),
    ...folded('What the words mean', facts(definitions)),
    ...folded(
      'This run',
      entries(run.map(({ label, value }) => `- ${inline(label)}: ${codeSpan(value, MOST_CODE)}`)),
    ),
  ]
}

/** The steps of a search are its stages: one table is enough. */
const searchDetails = ({ text, facts: found, flags, steps }: SearchView): readonly Block[] => [
  ...folded('How the knee was found', [...prose(text), ...facts([...found, ...flags])]),
  ...folded(`Steps of the search (${steps.rows.length})`, viewTable(steps)),
]
