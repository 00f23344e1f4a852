// What flagger.yaml calls. Each POST runs pipeline.sh once and is answered when that has ended: 200 where the gate
// passes, 500 where it does not, 409 where a load test is under way.
//
// What is loaded stands in the variables of pipeline.sh, and nothing of the request is looked at: whoever reaches this
// can start the load test, and no other load.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

const PIPELINE = fileURLToPath(new URL('pipeline.sh', import.meta.url))
/** Characters of its output that go into the answer: Flagger shows them in its events. */
const SHOWN = 1000

let underWay

function runPipeline(ended) {
  // A group of its own, so that a signal reaches plimsoll, too.
  const child = spawn('bash', [PIPELINE], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      process.stdout.write(text)
      output = (output + text).slice(-SHOWN)
    })
  child.on('error', error => (output += error.message))
  child.on('close', code => ended(code, output))
  return child
}

const end = child => {
  if (child?.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
}

const server = createServer((request, response) => {
  request.resume()
  const answer = (status, text) =>
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
  if (request.method !== 'POST')
    return answer(request.method === 'GET' ? 200 : 405, 'POST starts the load test')
  if (underWay !== undefined) return answer(409, 'a load test is under way')
  const child = runPipeline((code, output) => {
    underWay = undefined
    answer(code === 0 ? 200 : 500, `pipeline.sh ended with ${code}\n${output}`)
  })
  underWay = child
  // Nobody waits for the answer any more, so nobody would know why there is load.
  response.on('close', () => {
    if (underWay === child) end(child)
  })
})

process.on('SIGTERM', () => {
  end(underWay)
  server.close()
})
server.listen(Number(process.env['PORT'] ?? 8080), process.env['HOST'])
await once(server, 'listening')
console.log(`listening on port ${server.address().port}`)
