// The jobs in a process of their own, beside as many servers as one likes. With the embedded database the server runs them.
import './platform/check-node.js'
import { jobs, watches } from './jobs.ts'
import { runServer } from './platform/lifecycle.ts'

await runServer(process.env, { jobs, watches, greeting: () => 'Kotoisa: the worker runs' })
