import { describeAuthorization } from '../support/authorization/describe.ts'

// A sample: authorization.long.test.ts asks for all of them.
describeAuthorization(17)
