// In place of React Router's discovery of routes, asked of a server as links are seen: the built pages know all of them.
const nothing = () => undefined;

export const isFogOfWarEnabled = () => false;
export const getPatchRoutesOnNavigationFunction = nothing;
export const useFogOFWarDiscovery = nothing;
export const getPartialManifest = nothing;
export const handleClientVersionMismatch = nothing;
export const getPathsWithAncestors = (paths) => paths;
export const getManifestPath = (path = "/__manifest") => path;
