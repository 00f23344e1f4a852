import type { Reply } from './model.ts'

const BAD_GATEWAY =
  '<html>\n<head><title>502 Bad Gateway</title></head>\n' +
  '<body><center><h1>502 Bad Gateway</h1></center></body>\n</html>\n'
const HTML = { 'content-type': 'text/html' }

export const answered = (departsAtSeconds: number): Reply => ({ status: 200, departsAtSeconds })

/** What a gateway says when there is nobody to pass the request on to. */
export const badGateway = (departsAtSeconds: number): Reply => ({
  status: 502,
  departsAtSeconds,
  headers: HTML,
  body: BAD_GATEWAY,
})

export const reset = (departsAtSeconds: number): Reply => ({ status: 0, departsAtSeconds, action: 'reset' })
