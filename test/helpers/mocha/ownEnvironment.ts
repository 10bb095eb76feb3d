const outside = { ...process.env };

/**
 * Gives each file of tests the environment variables that its process began with: handlers are loaded with variables of
 * their own, and a worker's next file, or a process that it starts, would have them too.
 */
export const mochaHooks = {
  afterAll(): void {
    // Behind the hooks that tests add while they run.
    after(() => {
      for (const name of Object.keys(process.env)) if (!(name in outside)) delete process.env[name];
      Object.assign(process.env, outside);
    });
  },
};
