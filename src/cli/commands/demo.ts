import { relative } from 'node:path'
import { chooseLab } from '../../lab/catalogue.ts'
import type { LabTruth } from '../../lab/lab-entry.ts'
import type { Report } from '../../report/report.ts'
import { formatRate } from '../../units/format.ts'
import { perSecond } from '../../units/quantity.ts'
import type { Command } from '../command.ts'
import type { Effects } from '../effects.ts'
import type { ExitCode } from '../exit-code.ts'
import { SEED } from '../given-words.ts'
import { refuse } from '../refuse.ts'
import { reportPath } from '../report-path.ts'
import { runAndReport } from '../run-and-report.ts'
import { prepareRun } from '../run-order.ts'
import { VOICE_FLAGS, voiceOf } from '../voice.ts'
import type { Voice } from '../voice.ts'

const LAB = 'STOREFRONT'
const PEAK = perSecond(2500)

export const demo: Command = {
  name: 'demo',
  operands: { usage: '', least: 0, most: 0 },
  purpose: 'Load the built-in shop and see what the report says.',
  details:
    `Starts the lab server ${LAB} on this machine, runs scenarios/storefront.yaml against it, sizes it for ` +
    `${formatRate(PEAK)}, and writes reports/demo-<time>.json and .html. Takes under two minutes.`,
  flags: {
    seed: {
      kind: 'text',
      does: 'number that fixes the arrivals (default: random and printed)',
      group: 'Load',
    },
    ...VOICE_FLAGS,
  },
  examples: [
    ['demo', 'see it work'],
    ['demo --json > summary.json', 'the same, for a program'],
  ],
  async run(words, effects) {
    const seed = words.parsed('seed', SEED)
    if (words.problems.length > 0) return refuse(words.problems, effects.terminal)
    const shop = effects.processes.startSelf(['lab', LAB, '--port', '0'])
    try {
      const [, url = ''] = await shop.lineMatching(/^listening on (\S+)$/)
      return await loadShop(url, seed, voiceOf(words, effects.terminal), effects)
    } finally {
      await shop.end()
    }
  },
}

async function loadShop(
  url: string,
  seed: number | undefined,
  voice: Voice,
  effects: Effects,
): Promise<ExitCode> {
  const { files, machine, terminal } = effects
  const scenarioPath = relative('', files.ofPlimsoll('scenarios/storefront.yaml'))
  const out = reportPath('demo', machine.now())
  const html = out.replace(/\.json$/, '.html')
  const prepared = await prepareRun(
    {
      scenarioPath,
      overrides: { target: url, ...(seed === undefined ? {} : { seed }) },
      allowedHosts: [],
      workers: undefined,
      out,
      html,
      analysis: { peak: PEAK, backends: 2 },
    },
    effects,
  )
  if (!prepared.ok) return refuse(prepared.problems, terminal)
  const { exit, report } = await runAndReport(prepared.value, voice, effects)
  if (report === undefined || report.run.ended.how !== 'completed') return exit
  voice.say(`\n${againstTruth(report, truthOfShop())}\n\n${whatNext(scenarioPath, out, html)}`)
  return exit
}

function truthOfShop(): LabTruth {
  const chosen = chooseLab(LAB)
  if (!chosen.ok) throw new Error(`the catalogue has no ${LAB}`)
  return chosen.value.entry.truth(chosen.value.values)
}

/** The measured knee beside what is true of the shop by the way it is built. */
function againstTruth({ capacity, trust }: Report, { kneePerSecond }: LabTruth): string {
  const truth = kneePerSecond === null ? 'none' : formatRate(kneePerSecond)
  return `The knee: truth by construction ${truth}; measured ${trust.ok ? measured(capacity) : NOTHING}.`
}

const NOTHING = 'nothing that can be believed: this machine seems to be busy with something else'

function measured({ knee: { rps, low, high } }: Report['capacity']): string {
  if (rps === null) return 'none'
  const from = low === null ? 'at most' : `${formatRate(low)} to`
  return `${formatRate(rps)} (${from} ${high === null ? 'more' : formatRate(high)})`
}

const whatNext = (
  scenario: string,
  out: string,
  html: string,
): string => `Where to look: open ${html} in a browser.

What to try next:
  1. Another peak, without a new run:  plimsoll report ${out} --peak 8000/s
  2. The scenario that made this:      ${scenario}
  3. Your own system:                  plimsoll init --target http://127.0.0.1:8080
                                       plimsoll run scenario.yaml
`
