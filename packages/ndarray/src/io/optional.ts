import { DependencyError } from '../errors.ts'

/**
 * A package that comes when it is needed, if it is installed.
 * @param purpose What needs it, for the message.
 * @throws DependencyError
 */
export async function optional<Module>(
  name: string,
  purpose: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    throw new DependencyError(name, purpose, { cause })
  }
}
