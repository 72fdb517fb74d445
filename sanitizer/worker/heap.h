// What all workers of a zygote inherit costs each of them: fork copies a page table entry for every page of the heap, and
// the end of a worker takes them down again.
#pragma once

namespace sekisho::worker {

// Gathers the heap into huge pages, of which one entry is copied instead of 512. To be called once everything is warmed
// up, while /proc can still be read. Changes nothing but speed: where the kernel cannot do it (before Linux 6.1, or huge
// pages switched off), all stays as it was.
void gather_heap();

} // namespace sekisho::worker
