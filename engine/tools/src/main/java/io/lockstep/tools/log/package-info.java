/** Commands that read the log an archive has recorded. */
package io.lockstep.tools.log;
