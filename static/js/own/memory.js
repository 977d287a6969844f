// A store for a device that keeps nothing, or cannot: gone with the page.

/** As `openStore` of store.js. */
export function memoryStore() {
  const boxes = new Map();
  return {
    isKept: false,
    read: async (kind, name) => boxes.get(`${kind}/${name}`) ?? null,
    write: async (kind, name, value) => void boxes.set(`${kind}/${name}`, value),
    remove: async (kind, name) => void boxes.delete(`${kind}/${name}`),
    all: async (kind) => {
      const mine = [...boxes].filter(([at]) => at.startsWith(`${kind}/`));
      return mine.map(([at, value]) => [at.slice(kind.length + 1), value]);
    },
  };
}
