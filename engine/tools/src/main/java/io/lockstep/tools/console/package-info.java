/** What the commands share: exit codes, refusals, reports on the console, configuration files. */
package io.lockstep.tools.console;
