package io.lockstep.tools.console;

import picocli.CommandLine.IVersionProvider;

/** Says which build this is, from the manifest of its jar. */
public final class Version implements IVersionProvider {
    /** Made by the command line. */
    public Version() {}

    @Override
    public String[] getVersion() {
        final String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"lockstep " + (version == null ? "(not from a jar)" : version)};
    }
}
