// What the test runner sets for its own colours is no business of the programs that it tests.
delete process.env.FORCE_COLOR
delete process.env.NO_COLOR
