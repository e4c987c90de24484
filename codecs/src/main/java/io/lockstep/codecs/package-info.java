/** What every message and every log entry looks like in bytes, and the checks that stand in front of reading one. */
package io.lockstep.codecs;
