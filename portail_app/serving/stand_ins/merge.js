// In place of mergician: Reflex merges so the styles that one component injects into another, which none of ours does.
export const mergician = (injected, own) => ({ ...injected, ...own });
