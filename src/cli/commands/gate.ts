import { gateAnnotations } from '../../gate/gate-annotations.ts'
import { gateOutputs } from '../../gate/gate-outputs.ts'
import type { Gate } from '../../gate/gate.ts'
import { judgeGate } from '../../gate/judge-gate.ts'
import { renderGateMarkdown } from '../../gate/render-gate-markdown.ts'
import { viewGate } from '../../gate/view-gate.ts'
import type { Command } from '../command.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { GATE_FORMATS } from '../gate-formats.ts'
import type { GateFormat } from '../gate-formats.ts'
import { readGateQuestion } from '../gate-question.ts'
import type { Wanted } from '../given-words.ts'
import { MARGIN_FLAGS } from '../margin-flags.ts'
import { refuse } from '../refuse.ts'
import { tellStep } from '../tell-github.ts'

const FORMATS: ReadonlyMap<string, GateFormat> = new Map(Object.entries(GATE_FORMATS))
const NAMES = Object.keys(GATE_FORMATS).join(', ')

const FORMAT: Wanted<GateFormat> = {
  parse: text => FORMATS.get(text),
  expected: `one of ${NAMES}`,
  example: 'junit',
}

const RULES = 'Rules'

export const gate: Command = {
  name: 'gate',
  operands: { usage: '<report.json>...', least: 1, most: Infinity },
  purpose: 'Decide whether a deploy may pass, by its promises, a baseline and the history.',
  details:
    'Ends with 0 when every rule holds, 99 when one failed, 3 when one cannot be decided. A run that cannot be ' +
    'believed never passes. What a comparison or a history leaves open passes with a warning.',
  flags: {
    baseline: {
      kind: 'texts',
      does: 'report to compare with, or folder of such reports; may be repeated',
      group: RULES,
    },
    history: { kind: 'text', does: 'folder of earlier reports that say what to expect', group: RULES },
    policy: { kind: 'text', does: 'YAML file with promises, margins and the like; flags win', group: RULES },
    strict: { kind: 'switch', does: 'exit 3 where there would be a warning', group: RULES },
    margin: { ...MARGIN_FLAGS.margin, group: RULES },
    force: {
      kind: 'switch',
      does: 'compare although environments or scenarios differ, and say what differs',
      group: RULES,
    },
    format: { kind: 'text', does: `${NAMES} (default: terminal)`, group: 'Output' },
    out: { kind: 'text', letter: 'o', does: 'file to write to (default: standard output)', group: 'Output' },
    'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
  },
  examples: [
    ['gate new.json --policy gate.yaml', 'does it keep what the policy asks?'],
    ['gate new-*.json --baseline base/ --strict', 'no worse than the base, for sure?'],
  ],
  async run(words, effects) {
    const { terminal } = effects
    const out = words.text('out')
    const render = words.parsed('format', FORMAT) ?? GATE_FORMATS.terminal
    const colour = terminal.colour && out === undefined && !words.isOn('no-color')
    const question = await readGateQuestion(words, effects)
    if (!question.ok) return refuse(question.problems, terminal)
    const judged = judgeGate(question.value)
    const text = await render(judged, { columns: terminal.columns, colour })
    const exit = await deliver(text, out, judged, effects)
    tellWarnings(judged, effects)
    await tellStep(
      {
        summary: () => renderGateMarkdown(viewGate(judged)),
        outputs: () => gateOutputs(judged),
        annotations: () => gateAnnotations(judged),
      },
      effects,
    )
    return exit
  },
}

/** Standard output may be a file that nobody opens because the exit code is 0. On GitHub they are annotations. */
function tellWarnings(judged: Gate, { terminal, github }: Effects): void {
  if (github.takesAnnotations) return
  for (const { label, value } of viewGate(judged).warnings) terminal.tell(`warning: ${label}: ${value}\n`)
}

async function deliver(
  text: string,
  out: string | undefined,
  { verdict }: Gate,
  { terminal, files }: Effects,
): Promise<ExitCode> {
  if (out === undefined) {
    terminal.print(text)
    return EXIT[verdict]
  }
  try {
    await files.replace(out, text)
  } catch (error) {
    const message = `${out} cannot be written: ${(error as Error).message}`
    const fix = 'name a file in a folder that you may write to'
    return refuse([{ code: 'gate/cannot-write', message, fix, at: { file: '--out' } }], terminal)
  }
  terminal.tell(`${verdict}; wrote ${out}\n`)
  return EXIT[verdict]
}
