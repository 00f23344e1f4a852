import { Agent, get } from 'node:http'

/**
 * Good answers per second of a closed loop: `concurrency` clients of Node's own, each asking again as soon as
 * it has its answer. Shares nothing with the engine under test. Counts over `seconds` after half a second of
 * running in, so that neither a ramp of connections nor their end is in it.
 */
export async function measureSaturation(url: string, concurrency: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const begin = performance.now() + 500
  const end = begin + seconds * 1000
  let good = 0
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      get(url, { agent }, answer => answer.resume().on('end', () => resolve(answer.statusCode ?? 0))).on(
        'error',
        reject,
      )
    })
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const status = await ask()
      const now = performance.now()
      if (status === 200 && now >= begin && now < end) good += 1
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  agent.destroy()
  return good / seconds
}
