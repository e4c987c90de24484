------------------------------ MODULE Takeover ------------------------------
(***************************************************************************)
(* How an epoch ends without its owner and the next begins with nothing    *)
(* lost: seal, end, repair, decide, start, follow.                         *)
(*                                                                         *)
(* A stream belongs to one epoch and has one writer, so an archive's       *)
(* recording of it is a length. Whatever a process has sent may arrive     *)
(* late or never: a candidate works with answers that were true once, an   *)
(* acknowledgement counts for ever, a compare-and-set may happen after its *)
(* sender has died, and an owner that was replaced goes on sending until   *)
(* it crashes. Time-outs are not modelled: whatever they allow may happen  *)
(* at any time.                                                            *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
    Archives,
    Candidates,
    MaxEpoch,
    Commands,       \* what clients ask for, each once
    MaxIncarnation, \* starts of each candidate
    ArchiveCrashes, \* processes of archives that die, in all
    HostCrashes,    \* hosts of archives that go down and forget, in all
    Variant         \* "none", or the rule that is broken

VARIABLES
    chain,     \* the ledger: decisions in their order, one for each epoch
    stream,    \* by epoch: what was sent
    rec,       \* by archive and epoch: how much of it is recorded
    seal,      \* by archive: sealed up to this epoch, on disk
    sealing,   \* by archive: the same, as its process knows; never below
    acked,     \* by archive and epoch: the most that was acknowledged
    promised,  \* by archive: the highest seal it has answered, in whatever process
    absent,    \* by archive: [epoch, length] that it must hold again to count
    remembers, \* by archive: nothing that it acknowledged is missing
    inc,       \* by candidate: its incarnation
    state,     \* by candidate: "follows", "seals" or "leads"
    epoch,     \* by candidate: the epoch that it seals, or leads
    answers,   \* by candidate and archive: length answered, or None
    end,       \* by candidate: the end it has fixed, or None
    request,   \* by candidate: the compare-and-set that is under way, or NoRequest
    budget     \* crashes that may still happen

vars == <<chain, stream, rec, seal, sealing, acked, promised, absent, remembers,
          inc, state, epoch, answers, end, request, budget>>

None == -1
NoRequest == [expected |-> None]
Epochs == 1..MaxEpoch
Quorum == Cardinality(Archives) \div 2 + 1
Start == "start" \* the first entry of each stream
Symmetry == Permutations(Archives) \cup Permutations(Commands)

Max(S) == CHOOSE x \in S : \A y \in S : x >= y
Min(S) == CHOOSE x \in S : \A y \in S : x <= y

Open == Len(chain)
Newest(a) == Max({0} \cup {e \in Epochs : rec[a][e] > 0})

\* Of the epochs before e, as the decision of e has it: how much of each counts.
RECURSIVE EndIn(_, _)
EndIn(e, of) ==
    IF e = 0 \/ of >= e THEN None
    ELSE IF chain[e].previous = of THEN chain[e].previousEnd
    ELSE IF chain[e].previous < of THEN 0
    ELSE EndIn(chain[e].previous, of)

\* How much of an epoch counts; None while it is open.
AgreedEnd(e) == EndIn(Open, e)

\* The commands of the log before epoch e.
Before(e) == UNION {
    {stream[p][i] : i \in 1..Min({EndIn(e, p), Len(stream[p])})} : p \in 1..(e - 1)} \ {Start}

\* What a quorum has acknowledged, whoever may have heard it.
Commit(e) == Max({0} \cup {p \in 1..10 : Cardinality({a \in Archives : acked[a][e] >= p}) >= Quorum})

\* An archive that has forgotten counts again for later epochs, or when it holds what there was.
IsPresent(a, e) ==
    \/ Variant = "ForgettingArchiveCounts"
    \/ e > absent[a].epoch
    \/ e = absent[a].epoch /\ (e = 0 \/ rec[a][e] >= absent[a].length)

Init ==
    /\ chain = <<>>
    /\ stream = [e \in Epochs |-> <<>>]
    /\ rec = [a \in Archives |-> [e \in Epochs |-> 0]]
    /\ acked = [a \in Archives |-> [e \in Epochs |-> 0]]
    /\ seal = [a \in Archives |-> 0]
    /\ sealing = seal
    /\ promised = [a \in Archives |-> None]
    /\ absent = [a \in Archives |-> [epoch |-> None, length |-> 0]]
    /\ remembers = [a \in Archives |-> TRUE]
    /\ inc = [c \in Candidates |-> 1]
    /\ state = [c \in Candidates |-> "follows"]
    /\ epoch = [c \in Candidates |-> 0]
    /\ answers = [c \in Candidates |-> [a \in Archives |-> None]]
    /\ end = [c \in Candidates |-> None]
    /\ request = [c \in Candidates |-> NoRequest]
    /\ budget = [archives |-> ArchiveCrashes, hosts |-> HostCrashes]

candidateVars == <<inc, state, epoch, answers, end, request>>
archiveVars == <<rec, seal, sealing, acked, promised, absent, remembers>>

-----------------------------------------------------------------------------
(* Candidates *)

\* Suspects whoever leads, reads the ledger and begins to seal the epoch that is open.
Suspect(c) ==
    /\ state[c] = "follows"
    /\ Open < MaxEpoch
    /\ state' = [state EXCEPT ![c] = "seals"]
    /\ epoch' = [epoch EXCEPT ![c] = Open]
    /\ answers' = [answers EXCEPT ![c] = [a \in Archives |-> None]]
    /\ end' = [end EXCEPT ![c] = None]
    /\ UNCHANGED <<chain, stream, inc, request, budget, archiveVars>>

\* With a quorum of answers the largest is the end.
FixEnd(c) ==
    LET given == {a \in Archives : answers[c][a] # None}
        lengths == {answers[c][a] : a \in given}
        needed == IF Variant = "SealBelowQuorum" THEN 1 ELSE Quorum
    IN  /\ state[c] = "seals"
        /\ end[c] = None
        /\ Cardinality(given) >= needed
        /\ end' = [end EXCEPT ![c] =
               IF Variant = "EndIsNotTheLargest" THEN Min(lengths) ELSE Max(lengths)]
        /\ UNCHANGED <<chain, stream, inc, state, epoch, answers, request, budget, archiveVars>>

\* A quorum holds the end: asks the ledger to close the epoch there.
Decide(c) ==
    LET e == epoch[c]
        needed == IF Variant = "NoRepair" THEN 1 ELSE Quorum
        isEmpty == e = 0 \/ end[c] = 0
    IN  /\ state[c] = "seals"
        /\ end[c] # None
        /\ Cardinality({a \in Archives : answers[c][a] >= end[c]}) >= needed
        /\ request[c] = NoRequest
        /\ request' = [request EXCEPT ![c] =
               [expected |-> e,
                owner |-> c,
                incarnation |-> inc[c],
                previous |-> IF ~isEmpty THEN e ELSE IF e = 0 THEN 0 ELSE chain[e].previous,
                previousEnd |-> IF ~isEmpty THEN end[c] ELSE IF e = 0 THEN 0 ELSE chain[e].previousEnd]]
        /\ UNCHANGED <<chain, stream, inc, state, epoch, answers, end, budget, archiveVars>>

\* The ledger compares and sets, maybe long after it was asked.
Compare(c) ==
    LET r == request[c]
        next == [owner |-> r.owner, incarnation |-> r.incarnation,
                 previous |-> r.previous, previousEnd |-> r.previousEnd]
    IN  /\ r # NoRequest
        /\ request' = [request EXCEPT ![c] = NoRequest]
        /\ chain' = IF r.expected = Open THEN Append(chain, next)
                    ELSE IF Variant = "NoCompare" THEN [chain EXCEPT ![r.expected + 1] = next]
                    ELSE chain
        /\ UNCHANGED <<stream, inc, state, epoch, answers, end, budget, archiveVars>>

\* Reads the ledger: the winner starts, everybody else follows.
ReadLedger(c) ==
    /\ state[c] = "seals"
    /\ request[c] = NoRequest
    /\ Open > epoch[c]
    /\ IF /\ chain[Open].owner = c
          /\ chain[Open].incarnation = inc[c] \/ Variant = "EpochResumed"
       THEN /\ state' = [state EXCEPT ![c] = "leads"]
            /\ epoch' = [epoch EXCEPT ![c] = Open]
            /\ stream' = [stream EXCEPT ![Open] = <<Start>>]
       ELSE /\ state' = [state EXCEPT ![c] = "follows"]
            /\ UNCHANGED <<epoch, stream>>
    /\ UNCHANGED <<chain, inc, answers, end, request, budget, archiveVars>>

\* Broken: a process that comes back takes up the epoch of the one before.
Resume(c) ==
    /\ Variant = "EpochResumed"
    /\ state[c] = "follows"
    /\ Open > 0
    /\ chain[Open].owner = c
    /\ stream[Open] # <<>>
    /\ state' = [state EXCEPT ![c] = "leads"]
    /\ epoch' = [epoch EXCEPT ![c] = Open]
    /\ stream' = [stream EXCEPT ![Open] = <<Start>>]
    /\ UNCHANGED <<chain, inc, answers, end, request, budget, archiveVars>>

\* Stamps a command that is not in the log it knows. Its epoch may have ended meanwhile.
Stamp(c, command) ==
    LET e == epoch[c]
    IN  /\ state[c] = "leads"
        /\ Variant = "TableNotRebuilt" \/ command \notin Before(e)
        /\ command \notin {stream[e][i] : i \in 1..Len(stream[e])}
        /\ stream' = [stream EXCEPT ![e] = Append(@, command)]
        /\ UNCHANGED <<chain, candidateVars, budget, archiveVars>>

\* Hears of a newer epoch, or gives up.
StepDown(c) ==
    /\ \/ state[c] = "leads" /\ Open > epoch[c]
       \/ state[c] = "seals" /\ request[c] = NoRequest
    /\ state' = [state EXCEPT ![c] = "follows"]
    /\ UNCHANGED <<chain, stream, inc, epoch, answers, end, request, budget, archiveVars>>

CrashCandidate(c) ==
    /\ inc[c] < MaxIncarnation
    /\ inc' = [inc EXCEPT ![c] = @ + 1]
    /\ state' = [state EXCEPT ![c] = "follows"]
    /\ epoch' = [epoch EXCEPT ![c] = 0]
    /\ answers' = [answers EXCEPT ![c] = [a \in Archives |-> None]]
    /\ end' = [end EXCEPT ![c] = None]
    /\ UNCHANGED <<chain, stream, request, budget, archiveVars>>

-----------------------------------------------------------------------------
(* Archives *)

\* Records the next entry of an epoch it has not sealed.
Record(a, e) ==
    /\ rec[a][e] < Len(stream[e])
    /\ e > sealing[a]
    /\ rec' = [rec EXCEPT ![a][e] = @ + 1]
    /\ UNCHANGED <<chain, stream, seal, sealing, acked, promised, absent, remembers, candidateVars, budget>>

\* Whether every epoch before e ends here where the chain of e says.
IsClosed(a, e) == \A p \in 1..(e - 1) : rec[a][p] = EndIn(e, p)

\* Brings the epochs before the newest to their ends: cuts what is beyond, fetches what is short.
CloseChain(a) ==
    LET n == Newest(a)
    IN  /\ n > sealing[a]
        /\ ~IsClosed(a, n)
        /\ \A p \in 1..(n - 1) : \E b \in Archives : rec[b][p] >= EndIn(n, p)
        /\ rec' = [rec EXCEPT ![a] = [p \in Epochs |-> IF p < n THEN EndIn(n, p) ELSE @[p]]]
        /\ UNCHANGED <<chain, stream, seal, sealing, acked, promised, absent, remembers, candidateVars, budget>>

\* Acknowledges what it holds of the newest epoch.
Acknowledge(a) ==
    LET n == Newest(a)
    IN  /\ n > 0
        /\ n > sealing[a] \/ Variant = "RepairAcknowledged"
        /\ acked[a][n] < rec[a][n]
        /\ IsPresent(a, n)
        /\ IsClosed(a, n) \/ Variant = "ChainLeftOpen"
        /\ acked' = [acked EXCEPT ![a][n] = rec[a][n]]
        /\ remembers' = [remembers EXCEPT ![a] = @ \/ n = Open]
        /\ UNCHANGED <<chain, stream, rec, seal, sealing, promised, absent, candidateVars, budget>>

\* Is told to seal; a seal of an epoch that another has followed is late.
OrderSeal(a, c) ==
    /\ state[c] = "seals"
    /\ Variant # "NoSeal"
    /\ sealing[a] < epoch[c]
    /\ Newest(a) <= epoch[c]
    /\ sealing' = [sealing EXCEPT ![a] = epoch[c]]
    /\ UNCHANGED <<chain, stream, rec, seal, acked, promised, absent, remembers, candidateVars, budget>>

PersistSeal(a) ==
    /\ seal[a] < sealing[a]
    /\ seal' = [seal EXCEPT ![a] = sealing[a]]
    /\ UNCHANGED <<chain, stream, rec, sealing, acked, promised, absent, remembers, candidateVars, budget>>

\* Answers with what it holds, once the seal is on disk; again when repair has lengthened it.
Answer(a, c) ==
    LET e == epoch[c]
        held == IF e = 0 THEN 0 ELSE rec[a][e]
    IN  /\ state[c] = "seals"
        /\ \/ seal[a] = sealing[a] /\ seal[a] >= e
           \/ Variant = "SealForgotten" /\ sealing[a] >= e
           \/ Variant = "NoSeal"
        /\ Newest(a) <= e
        /\ IsPresent(a, e)
        /\ answers[c][a] < held \/ answers[c][a] = None
        /\ answers' = [answers EXCEPT ![c][a] = held]
        /\ promised' = [promised EXCEPT ![a] = Max({@, e})]
        /\ UNCHANGED <<chain, stream, rec, seal, sealing, acked, absent, remembers, inc, state, epoch, end,
                       request, budget>>

\* Of a sealed epoch, fetches what is short of the end a candidate has named.
Repair(a, b, c) ==
    LET e == epoch[c]
    IN  /\ state[c] = "seals"
        /\ e > 0
        /\ end[c] # None
        /\ sealing[a] = e \/ Variant = "NoSeal"
        /\ Newest(a) <= e
        /\ rec[a][e] < Min({end[c], rec[b][e]})
        /\ rec' = [rec EXCEPT ![a][e] = Min({end[c], rec[b][e]})]
        /\ UNCHANGED <<chain, stream, seal, sealing, acked, promised, absent, remembers, candidateVars, budget>>

\* The process dies: what is on disk or in the page cache stays.
CrashArchive(a) ==
    /\ budget.archives > 0
    /\ sealing[a] > seal[a] \* otherwise nothing is different afterwards
    /\ sealing' = [sealing EXCEPT ![a] = seal[a]]
    /\ budget' = [budget EXCEPT !.archives = @ - 1]
    /\ UNCHANGED <<chain, stream, rec, seal, acked, promised, absent, remembers, candidateVars>>

\* The host goes down: of the newest epoch, some of what was not forced is gone. A quorum never forgets.
CrashHost(a, length) ==
    LET n == Newest(a)
    IN  /\ budget.hosts > 0
        /\ Cardinality({b \in Archives \ {a} : remembers[b]}) >= Quorum
        /\ n > 0
        /\ length < rec[a][n]
        /\ rec' = [rec EXCEPT ![a][n] = length]
        /\ sealing' = [sealing EXCEPT ![a] = seal[a]]
        /\ remembers' = [remembers EXCEPT ![a] = FALSE]
        /\ absent' = [absent EXCEPT ![a] = [epoch |-> Open, length |-> Len(stream[Open])]]
        /\ budget' = [budget EXCEPT !.hosts = @ - 1]
        /\ UNCHANGED <<chain, stream, seal, acked, promised, candidateVars>>

Next ==
    \/ \E c \in Candidates :
        \/ Suspect(c) \/ FixEnd(c) \/ Decide(c) \/ Compare(c) \/ ReadLedger(c) \/ Resume(c)
        \/ StepDown(c) \/ CrashCandidate(c)
        \/ \E command \in Commands : Stamp(c, command)
        \/ \E a \in Archives : OrderSeal(a, c) \/ Answer(a, c)
        \/ \E a, b \in Archives : Repair(a, b, c)
    \/ \E a \in Archives :
        \/ CloseChain(a) \/ Acknowledge(a) \/ PersistSeal(a) \/ CrashArchive(a)
        \/ \E e \in Epochs : Record(a, e)
        \/ \E length \in 0..Cardinality(Commands) : CrashHost(a, length)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold *)

\* What a quorum acknowledged of an epoch lies within what counts of it.
NothingAcknowledgedIsLost ==
    \A e \in Epochs :
        /\ Commit(e) <= Len(stream[e])
        /\ e < Open => Commit(e) <= AgreedEnd(e)

\* What counts is held by somebody, for ever.
TheLogIsHeld ==
    \A e \in 1..(Open - 1) : \E a \in Archives : rec[a][e] >= AgreedEnd(e)

\* No command stands in the log twice.
ExactlyOnce ==
    Open > 0 =>
        \A command \in Commands :
            Cardinality(
                {<<e, i>> \in (1..Open) \X (1..(Cardinality(Commands) + 1)) :
                    /\ i <= Len(stream[e])
                    /\ e < Open => i <= AgreedEnd(e)
                    /\ stream[e][i] = command}) <= 1

\* Each epoch is decided once.
DecidedOnce == [][\A e \in 1..Open : e <= Len(chain') /\ chain'[e] = chain[e]]_vars

\* What an archive has answered to be sealed it never acknowledges again.
SealedIsNeverAcknowledged ==
    [][\A a \in Archives, e \in Epochs : acked'[a][e] > acked[a][e] => e > promised[a]]_vars

\* What it acknowledges goes on from what counts of the epochs before, and from nothing else.
AcknowledgedFromTheAgreedEnd ==
    [][\A a \in Archives, e \in Epochs : acked'[a][e] > acked[a][e] => IsClosed(a, e)]_vars

-----------------------------------------------------------------------------
(* What must be reachable, so that the above says something: each is violated. *)

NoTakeoverWithCommands == ~(Open > 1 /\ AgreedEnd(1) > 1 /\ stream[Open] # <<>>)
NoRepairHappens ==
    ~\E a \in Archives, e \in Epochs : e <= sealing[a] /\ acked[a][e] < rec[a][e] /\ promised[a] >= e /\ acked[a][e] > 0
NoTailIsVoid == ~\E a \in Archives, e \in 1..(Open - 1) : rec[a][e] > AgreedEnd(e)
NoEpochIsPassedOver == ~(Open > 2 /\ chain[Open].previous < Open - 1 /\ chain[Open].previous > 0)
NoZombieIsHeard == ~\E c \in Candidates : state[c] = "leads" /\ epoch[c] < Open /\ Len(stream[epoch[c]]) > AgreedEnd(epoch[c])
=============================================================================
