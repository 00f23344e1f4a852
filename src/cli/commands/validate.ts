import { describePlan } from '../../scenario/describe.ts'
import { loadScenario } from '../../scenario/load.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Problem } from '../../units/problem.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { foreseeSearch } from '../foresee-search.ts'
import { refuse } from '../refuse.ts'

export const validate: Command = {
  name: 'validate',
  operands: { usage: '<scenario.yaml>...', least: 1, most: Infinity },
  purpose: 'Check scenarios and say what they would do.',
  details: 'Nothing is sent.',
  flags: {
    set: {
      kind: 'texts',
      does: 'change one value first, e.g. stages.1.to=900/s; may be repeated',
      group: 'Scenario',
    },
    target: { kind: 'text', does: "URL to load instead of the scenario's", group: 'Scenario' },
  },
  examples: [
    ['validate scenario.yaml', 'what would it do?'],
    ['validate scenarios/*.yaml', 'are all of them sound?'],
  ],
  async run(words, { terminal }) {
    const target = words.text('target')
    const overrides = { set: words.texts('set'), ...(target === undefined ? {} : { target }) }
    const problems: Problem[] = [...words.problems]
    const described: string[] = []
    for (const path of words.operands) {
      const loaded = await loadScenario(path, overrides)
      if (loaded.ok) described.push(`${path}: ${describe(loaded.value.plan).join('\n')}\n`)
      else problems.push(...loaded.problems)
    }
    if (words.problems.length === 0) terminal.print(described.join('\n'))
    return problems.length === 0 ? EXIT.passed : refuse(problems, terminal)
  },
}

const describe = (plan: Plan): readonly string[] => describePlan(plan, foreseeSearch(plan))
