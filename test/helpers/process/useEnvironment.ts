type Variables = Readonly<Record<string, string | undefined>>;

/** Sets variables of this process for a suite: what it gives back sets them, and after the suite they are as before. */
export function useEnvironment(): (variables: Variables) => void {
  const outside: Record<string, string | undefined> = {};
  const assign = (variables: Variables) => {
    for (const [name, value] of Object.entries(variables)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  after(() => assign(outside));
  return (variables) => {
    for (const name of Object.keys(variables)) if (!(name in outside)) outside[name] = process.env[name];
    assign(variables);
  };
}
