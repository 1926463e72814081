// Prints an account's first key, from the sandbox's control API: node scripts/demo/key-of.mjs ACCOUNT
const response = await fetch(`${process.env.SANDBOX_CONTROL}/keys`);
const { keys } = await response.json();
process.stdout.write(keys.find(({ account }) => account === process.argv[2]).key);
