import { writeFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { readSojournUs } from './sojourn-header.ts'

/**
 * Loaded into the command ahead of its own code (`node --import`): pairs each answer with the truth in its own header. It
 * listens in from outside, so that the command under test stays as it is and the program carries no hook for it.
 */

/** Where the pairs go: doubles, four for each answer: intended, sent and ended in ns, sojourn in µs. */
const FILE = process.env['PLIMSOLL_PAIRS']

const built = (file: string): string => new URL(`../../../dist/${file}`, import.meta.url).href

if (parentPort !== null && FILE !== undefined) await tap(FILE)

async function tap(file: string): Promise<void> {
  const { ResponseParser } = (await import(
    built('http/response-parser.js')
  )) as typeof import('../../src/http/response-parser.ts')
  const { Drive } = (await import(
    built('generator/drive.js')
  )) as typeof import('../../src/generator/drive.ts')
  const pairs: number[] = []
  const seen = new WeakMap<object, number>()
  /** Of the answer that has just become complete; the engine tells its end before it reads anything else. */
  let complete: number | undefined

  // oxlint-disable-next-line typescript/unbound-method -- it is given its own `this` below
  const execute = ResponseParser.prototype.execute
  ResponseParser.prototype.execute = function (bytes, from, to): number {
    const sojournUs = readSojournUs(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from))
    if (sojournUs !== undefined) seen.set(this, sojournUs)
    const end = execute.call(this, bytes, from, to)
    if (this.done) {
      complete = seen.get(this)
      seen.delete(this)
    }
    return end
  }

  // oxlint-disable-next-line typescript/unbound-method -- it is given its own `this` below
  const end = Drive.prototype.end
  Drive.prototype.end = function (exchange, code, endedAt): void {
    if (code >= 100 && complete !== undefined)
      pairs.push(exchange.intendedAt, exchange.sentAt, endedAt, complete)
    complete = undefined
    end.call(this, exchange, code, endedAt)
  }

  const port = parentPort!
  const post = port.postMessage.bind(port)
  port.postMessage = (word: { readonly word?: string }): void => {
    if (word.word === 'done') writeFileSync(file, Float64Array.from(pairs))
    post(word)
  }
}
