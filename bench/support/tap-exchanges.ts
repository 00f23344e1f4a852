import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { ROOT } from './repository.ts'

/**
 * Loaded into the command ahead of its own code (`node --import`): writes down what every answered request went
 * through, which the program itself keeps as counts only. It listens in from outside, so that the command under test
 * stays as it is; what it costs is charged to the command.
 */

/** Where to: doubles, `EXCHANGE_FIELDS` for each answer. */
const file = process.env['PLIMSOLL_EXCHANGES']
const most = Number(process.env['PLIMSOLL_MOST_EXCHANGES'])

/** Intended start, send and end in ns from the start of the trial, bytes read. */
export const EXCHANGE_FIELDS = 4

if (parentPort !== null && file !== undefined) await tap(parentPort, file)

async function tap(port: NonNullable<typeof parentPort>, file: string): Promise<void> {
  const built = pathToFileURL(join(ROOT, 'dist', 'generator', 'drive.js')).href
  const { Drive } = (await import(built)) as typeof import('../../src/generator/drive.ts')
  // One block, so that nothing has to grow, and be copied, in the middle of a run.
  const exchanges = new Float64Array(most * EXCHANGE_FIELDS)
  let length = 0
  // oxlint-disable-next-line typescript/unbound-method -- called with the drive it belongs to, below
  const end = Drive.prototype.end
  Drive.prototype.end = function (exchange, code, endedAt): void {
    if (code >= 100 && length < exchanges.length) {
      exchanges[length] = exchange.intendedAt
      exchanges[length + 1] = exchange.sentAt
      exchanges[length + 2] = endedAt
      exchanges[length + 3] = exchange.bytesRead
      length += EXCHANGE_FIELDS
    }
    end.call(this, exchange, code, endedAt)
  }
  const post = port.postMessage.bind(port)
  port.postMessage = (word: { readonly word?: string }): void => {
    // What came before was for warming up, against a responder of the program's own.
    if (word.word === 'ready') length = 0
    if (word.word === 'done') writeFileSync(file, exchanges.subarray(0, length))
    post(word)
  }
}
