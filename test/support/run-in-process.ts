import type { Effects } from '../../src/cli/effects.ts'
import { main } from '../../src/cli/main.ts'
import { nodeEffects } from '../../src/cli/node-effects.ts'

export interface InProcessRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

let real: Effects | undefined

/** A whole command that only reads, without a process of its own: it writes no file, and knows nothing of GitHub. */
export async function runInProcess(words: readonly string[], columns = 80): Promise<InProcessRun> {
  real ??= nodeEffects()
  let stdout = ''
  let stderr = ''
  const exitCode = await main(words, {
    ...real,
    terminal: {
      ...real.terminal,
      print: text => void (stdout += text),
      tell: text => void (stderr += text),
      columns,
      tellColumns: columns,
      isLive: false,
      colour: false,
    },
    files: { ...real.files, replace: () => Promise.reject(new Error('this folder is only read')) },
    github: { summaryFile: undefined, outputFile: undefined, takesAnnotations: false },
  })
  return { exitCode, stdout, stderr }
}
