import { gateSuite } from '../gate/gate-suite.ts'
import type { Gate } from '../gate/gate.ts'
import { renderGateJson } from '../gate/render-gate-json.ts'
import { renderGateMarkdown } from '../gate/render-gate-markdown.ts'
import { renderGateTerminal } from '../gate/render-gate-terminal.ts'
import { viewGate } from '../gate/view-gate.ts'
import type { Layout } from './report-formats.ts'

/** A gate as text. A renderer lays out what the view says and decides nothing. */
export type GateFormat = (gate: Gate, layout: Layout) => string | Promise<string>

/** `--format` offers exactly these names. */
export const GATE_FORMATS: Readonly<Record<'terminal' | 'json' | 'markdown' | 'junit', GateFormat>> = {
  terminal: (gate, layout) => renderGateTerminal(viewGate(gate), layout),
  json: renderGateJson,
  markdown: gate => renderGateMarkdown(viewGate(gate)),
  junit: async gate => {
    // Its library takes longer to load than the rest of plimsoll together.
    const { renderJunit } = await import('../report/junit/render-junit.ts')
    return renderJunit(gateSuite(gate))
  },
}
