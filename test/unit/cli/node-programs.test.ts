import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodePrograms } from '../../../src/cli/node-programs.ts'

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('finds what is in PATH, and nothing else', async () => {
  expect(await nodePrograms.find('sh')).toMatch(/\/sh$/)
  expect(await nodePrograms.find('no-such-program-of-anybody')).toBe(undefined)
})

test('a program ends when it is told to, also one that does not listen', async () => {
  const folder = await nodePrograms.makeTemporaryFolder()
  const file = join(folder.path, 'pid')
  const script = `trap '' TERM; echo $$ > ${file}; while :; do sleep 0.1; done`
  const running = nodePrograms.start((await nodePrograms.find('sh'))!, ['-c', script])
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 20_000 }).toMatch(/^\d+\n$/)
  const pid = Number(await readFile(file, 'utf8'))
  expect({ alive: isAlive(pid), ended: running.hasEnded() }).toEqual({ alive: true, ended: false })
  await running.end()
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)
  await folder.remove()
  expect(await exists(folder.path)).toBe(false)
})

test('one that ends by itself is not waited for, and its complaint is kept', async () => {
  const running = nodePrograms.start((await nodePrograms.find('sh'))!, [
    '-c',
    'echo "no such file" >&2; exit 1',
  ])
  const port = await nodePrograms.freePort()
  expect(await nodePrograms.answersWithin(`http://127.0.0.1:${port}/`, 60, running)).toBe(false)
  expect({ ended: running.hasEnded(), said: running.complaint() }).toEqual({
    ended: true,
    said: 'no such file',
  })
  await running.end()
})

test('answers once somebody does with 200', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.writeHead(asked < 3 ? 503 : 200).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const running = nodePrograms.start((await nodePrograms.find('sleep'))!, ['60'])
  const { port } = server.address() as AddressInfo
  expect(await nodePrograms.answersWithin(`http://127.0.0.1:${port}/`, 30, running)).toBe(true)
  expect(asked).toBe(3)
  await running.end()
  server.closeAllConnections()
  server.close()
})
