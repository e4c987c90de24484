/** The command line: it looks at logs, counters and messages, never into agents. */
package io.lockstep.tools;
