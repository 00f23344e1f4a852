import { SIGN, bullets, facts, folded, inline, prose, section, viewTable } from '../markdown/blocks.ts'
import { fitBlocks } from '../markdown/fit-blocks.ts'
import type { SizeView } from './size-view.ts'

/** A comment on GitHub may have 65 536 characters. */
const LIMIT = 65_000

/** A sizing answer as GitHub-flavoured Markdown: the answer, the options and what to set; the rest folded. */
export function renderSizeMarkdown(view: SizeView): string {
  const { answer, about, options, rows, cdn, simulation, verification } = view
  return fitBlocks(
    [
      `## ${SIGN[answer.tone]}${inline(answer.sentence)}`,
      ...prose(about),
      ...section('Options', options.rows.length === 0 ? [] : [...viewTable(options), ...facts(view.against)]),
      ...(simulation === null ? [] : section('The peak, simulated', viewTable(simulation.peaks))),
      ...(verification === null
        ? []
        : section('The peak, put to the proof', [
            ...prose(verification.sentence),
            ...viewTable(verification.peaks),
          ])),
      ...section('What to set', [...facts(view.limits), ...prose(view.limitsBecause)]),
      ...(cdn === null
        ? []
        : section('A cache before them', [...facts(cdn.facts), ...viewTable(cdn.routes)])),
      ...(cdn === null ? [] : section('What keeps the cache from more', facts(cdn.problems))),
      ...section('To keep in mind', bullets(view.notes)),
      ...section('Not used', facts(view.leftOut)),
      ...folded('How sure', rows.rows.length === 0 ? [] : viewTable(rows)),
      ...folded('What it is worth, and how to be sure', [...facts(view.sensitivity), ...facts(view.checks)]),
      ...(simulation === null
        ? []
        : folded('Taken for granted of the simulation', bullets(simulation.assumptions))),
      ...(verification === null ? [] : folded('What was built for the proof', bullets(verification.built))),
      ...(cdn === null ? [] : folded('Taken for granted of the cache', bullets(cdn.assumptions))),
      ...folded('How it was worked out', [...facts(view.formulas), ...facts(view.reports)]),
    ],
    LIMIT,
  )
}
