import { historyOf } from '../../history/history.ts'
import type { History, Store } from '../../history/history.ts'
import type { PruneRule } from '../../history/choose-prunable.ts'
import { nearest } from '../../units/nearest.ts'
import type { Problem } from '../../units/problem.ts'
import type { Command } from '../command.ts'
import type { Effects, Machine } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { wholeNumber } from '../given-words.ts'
import type { GivenWords, Wanted } from '../given-words.ts'
import { HISTORY_FORMATS } from '../history-formats.ts'
import type { HistoryFormat } from '../history-formats.ts'
import { openStore } from '../open-store.ts'
import { pruneStore } from '../prune-store.ts'
import { refuse } from '../refuse.ts'

const FOLDER = 'reports'
const FORMATS: ReadonlyMap<string, HistoryFormat> = new Map(Object.entries(HISTORY_FORMATS))
const NAMES = Object.keys(HISTORY_FORMATS).join(', ')

const FORMAT: Wanted<HistoryFormat> = {
  parse: text => FORMATS.get(text),
  expected: `one of ${NAMES}`,
  example: 'html',
}
const COUNT = wholeNumber(1, Number.MAX_SAFE_INTEGER, '20')
const MS_PER: Readonly<Record<string, number>> = { h: 3600e3, d: 86_400e3, w: 604_800e3 }

/** In ms. */
const AGE: Wanted<number> = {
  parse(text) {
    const [, count, unit] = /^(\d{1,5})\s*([hdw])$/.exec(text.trim()) ?? []
    return unit === undefined ? undefined : Number(count) * MS_PER[unit]!
  },
  expected: 'a time in hours, days or weeks',
  example: '90d',
}

const OF_PRUNE = ['keep', 'older-than', 'dry-run']
const OF_TREND = ['format', 'last', 'out']

export const history: Command = {
  name: 'history',
  operands: { usage: '[prune] [FOLDER]', least: 0, most: 2 },
  purpose: 'Show how the capacity went over all reports of a folder, or delete old ones.',
  details:
    `FOLDER, by default ${FOLDER}, is searched with the folders in it. Runs of the same scenario against the same ` +
    'kind of target from the same kind of machine are compared; where their knee changed is marked. ' +
    'prune deletes reports and their pages, and keeps those around a change.',
  flags: {
    name: { kind: 'text', does: 'only runs of the scenario of that name', group: 'Which runs' },
    last: {
      kind: 'text',
      does: 'runs of each group to show, the newest (default: all)',
      group: 'Which runs',
    },
    format: { kind: 'text', does: `${NAMES} (default: terminal)`, group: 'Output' },
    out: { kind: 'text', letter: 'o', does: 'file to write to (default: standard output)', group: 'Output' },
    'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
    keep: { kind: 'text', does: 'runs of each group to keep, the newest', group: 'Prune' },
    'older-than': { kind: 'text', does: 'delete only what is older, e.g. 90d', group: 'Prune' },
    'dry-run': { kind: 'switch', does: 'say what would be deleted, and delete nothing', group: 'Prune' },
  },
  examples: [
    ['history --format html -o history.html', 'a page with the trend'],
    ['history prune --keep 50 --dry-run', 'what would be deleted?'],
  ],
  async run(words, effects) {
    const { operands } = words
    const isPrune = operands[0] === 'prune'
    const folder = (isPrune ? operands[1] : operands[0]) ?? FOLDER
    const rule = readRule(words, effects.machine)
    const name = words.text('name')
    const show = words.parsed('format', FORMAT) ?? HISTORY_FORMATS.terminal
    const last = words.parsed('last', COUNT)
    const problems = [...words.problems, ...misfits(words, isPrune, rule)]
    const store = await openStore(folder, effects)
    const missing = store.ok ? unknownName(name, store.value) : store.problems
    if (!store.ok || problems.length + missing.length > 0)
      return refuse([...problems, ...missing], effects.terminal)
    const found = historyOf(store.value, name)
    if (isPrune) return pruneStore(found, rule, words.isOn('dry-run'), effects)
    return tellHistory(found, { show, last, words }, effects)
  },
}

function readRule(words: GivenWords, machine: Machine): PruneRule {
  const keep = words.parsed('keep', COUNT)
  const age = words.parsed('older-than', AGE)
  return {
    ...(keep !== undefined && { keep }),
    ...(age !== undefined && { before: new Date(machine.now().getTime() - age).toISOString() }),
  }
}

function misfits(words: GivenWords, isPrune: boolean, rule: PruneRule): readonly Problem[] {
  const isGiven = (flag: string): boolean => words.isOn(flag) || words.texts(flag).length > 0
  const wrong = (isPrune ? OF_TREND : OF_PRUNE).filter(isGiven).map((flag): Problem => ({
    code: isPrune ? 'history/not-with-prune' : 'history/only-with-prune',
    message: isPrune ? `prune takes no --${flag}` : `--${flag} is for pruning, and nothing is to be pruned`,
    fix: isPrune ? `leave out --${flag}` : 'write plimsoll history prune …, or leave it out',
    at: { file: `--${flag}` },
  }))
  const extra = !isPrune && words.operands.length > 1 ? [secondFolder(words.operands[1]!)] : []
  const asked = isGiven('keep') || isGiven('older-than')
  const without = isPrune && !asked && Object.keys(rule).length === 0 ? [NO_RULE] : []
  return [...wrong, ...extra, ...without]
}

const secondFolder = (extra: string): Problem => ({
  code: 'usage/extra-operand',
  message: `plimsoll history takes one folder, and ${JSON.stringify(extra)} is a second`,
  fix: 'give one folder that holds both',
  at: { file: 'plimsoll history' },
})

const NO_RULE: Problem = {
  code: 'history/prune-without-rule',
  message: 'prune does not know what may go',
  fix: 'say how many runs of each group to keep, --keep 50, or from which age on they may go, --older-than 90d',
  at: { file: 'plimsoll history prune' },
}

function unknownName(name: string | undefined, { runs }: Store): readonly Problem[] {
  const names = [...new Set(runs.map(({ row }) => row.name))]
  if (name === undefined || names.includes(name)) return []
  const near = nearest(name, names)
  return [
    {
      code: 'history/unknown-name',
      message: `no report is of a scenario named ${JSON.stringify(name)}`,
      fix:
        near === undefined
          ? `there ${names.length === 0 ? 'are no reports' : `are ${names.map(one => JSON.stringify(one)).join(', ')}`}`
          : `did you mean ${JSON.stringify(near)}?`,
      at: { file: '--name' },
    },
  ]
}

async function tellHistory(
  found: History,
  {
    show,
    last,
    words,
  }: { readonly show: HistoryFormat; readonly last: number | undefined; readonly words: GivenWords },
  { terminal, files }: Effects,
): Promise<ExitCode> {
  const out = words.text('out')
  const colour = terminal.colour && out === undefined && !words.isOn('no-color')
  const text = await show(found, { columns: terminal.columns, colour, last }, files)
  if (out === undefined) {
    terminal.print(text)
    return EXIT.passed
  }
  try {
    await files.replace(out, text)
  } catch (error) {
    const message = `${out} cannot be written: ${(error as Error).message}`
    const fix = 'name a file in a folder that you may write to'
    return refuse([{ code: 'history/cannot-write', message, fix, at: { file: '--out' } }], terminal)
  }
  terminal.tell(`wrote ${out}\n`)
  return EXIT.passed
}
