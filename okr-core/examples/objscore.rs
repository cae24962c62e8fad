use okr_core::statement::{Lexicon, read_objective};
fn main() {
    let lexicon = Lexicon::default();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let r = read_objective(&line, &lexicon);
        let mut v = vec![];
        if r.metric.is_some() {
            v.push("contains-metric");
        }
        if r.is_vague {
            v.push("vague");
        }
        if r.routine.is_some() {
            v.push("business-as-usual");
        }
        if r.project.is_some() {
            v.push("task-like");
        }
        if r.words > 20 {
            v.push("too-long");
        }
        if r.second.is_some() {
            v.push("multiple-objectives");
        }
        println!("{}", v.join(","));
    }
}
