// First, so that an unfit Node is refused before anything else is read.
import './platform/check-node.js'
import { buildApp } from './app.ts'
import { jobs, watches } from './jobs.ts'
import { runServer } from './platform/lifecycle.ts'
import { demoLogins, seed } from './seed.ts'

await runServer(process.env, {
  buildApp,
  seed,
  jobs,
  watches,
  greeting: (config) => (config.demoData ? `Kotoisa: ${config.publicUrl}\n${demoLogins}` : `Kotoisa: ${config.publicUrl}`),
})
