package io.lockstep.core.ring;

/**
 * First rung of the padding ladder: keeps what a subclass adds two cache lines (adjacent lines are fetched in pairs)
 * away from the object in front of it in memory. The last rung of each ladder does the same for the object behind.
 */
abstract class CacheLinePadding {
    /** Fills the hole behind a header of 12 bytes, or the JVM would put an int of a subclass there. */
    int pad00;

    long pad01;
    long pad02;
    long pad03;
    long pad04;
    long pad05;
    long pad06;
    long pad07;
    long pad08;
    long pad09;
    long pad10;
    long pad11;
    long pad12;
    long pad13;
    long pad14;
    long pad15;
}
