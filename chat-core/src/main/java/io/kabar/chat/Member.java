package io.kabar.chat;

import io.kabar.chat.rules.RoomRole;
import java.util.List;
import java.util.Optional;

/**
 * Somebody in a room's roster. A user who is connected from two devices is one member.
 *
 * @param name who
 * @param role what they may do
 * @param presence whether they can be expected to answer
 */
public record Member(UserName name, RoomRole role, Presence presence) {

    /**
     * Which members of a room are asked for. They come in the order of their names, in which case does not matter.
     *
     * @param beginning with what their names begin, in either case; empty for all
     * @param behind only those behind this name, which nobody need have any more; empty for those from the first on
     * @param count how many at most: from 1 to {@link Limits#MEMBERS_TOLD}
     */
    public record Query(String beginning, Optional<UserName> behind, int count) {

        /** The first members, as many as one answer has. */
        public static final Query FIRST = first(Limits.MEMBERS_TOLD);

        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if the beginning is longer than a name can be, or the count out of its range
         */
        public Query {
            if (beginning.codePointCount(0, beginning.length()) > UserName.MAX_CODE_POINTS) {
                throw new IllegalArgumentException("No name is so long.");
            } else if (count < 1 || count > Limits.MEMBERS_TOLD) {
                throw new IllegalArgumentException(
                        "From 1 to " + Limits.MEMBERS_TOLD + " members can be asked for, not " + count + ".");
            }
        }

        /** The first members, at most so many. */
        public static Query first(int count) {
            return new Query("", Optional.empty(), count);
        }

        /** Those of them whose names begin so. */
        public Query beginningWith(String text) {
            return new Query(text, behind, count);
        }

        /** Those of them who come behind this name. */
        public Query behind(UserName name) {
            return new Query(beginning, Optional.of(name), count);
        }
    }

    /**
     * Some members of a room, in the order of their names.
     *
     * @param room as it was asked for
     * @param members those that were asked for
     * @param inside how many are in the room, asked for or not
     * @param hasMore whether there are more behind the last that were asked for as well
     */
    public record Page(RoomName room, List<Member> members, int inside, boolean hasMore) {

        /** Keeps the list unmodifiable. */
        public Page {
            members = List.copyOf(members);
        }

        /** What to ask for to get the next page; empty if this is the last one. */
        public Optional<Query> next(Query asked) {
            return hasMore && !members.isEmpty()
                    ? Optional.of(asked.behind(members.get(members.size() - 1).name()))
                    : Optional.empty();
        }
    }
}
