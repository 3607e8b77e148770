/** Kleene algebra with tests for Coq: its axioms, and that relations satisfy them. */
export const prelude = `(* Kleene algebra with tests, as inclusions of steps. *)
Require Import Bool.
Set Implicit Arguments.

Record Algebra := {
  object : Type;
  point : object -> Type;
  step : object -> object -> Type;
  below : forall A B, step A B -> step A B -> Prop;
  zero : forall A B, step A B;
  one : forall A, step A A;
  choice : forall A B, step A B -> step A B -> step A B;
  product : forall A B C, step A B -> step B C -> step A C;
  star : forall A, step A A -> step A A;
  test : forall A, (point A -> bool) -> step A A;
  reflexive : forall A B (e : step A B), below e e;
  transitive : forall A B (e f g : step A B), below e f -> below f g -> below e g;
  zero_least : forall A B (e : step A B), below (zero A B) e;
  choice_left : forall A B (e f : step A B), below e (choice e f);
  choice_right : forall A B (e f : step A B), below f (choice e f);
  choice_both : forall A B (e f g : step A B), below e g -> below f g -> below (choice e f) g;
  product_monotone : forall A B C (e f : step A B) (g h : step B C),
    below e f -> below g h -> below (product e g) (product f h);
  associate_right : forall A B C D (e : step A B) (f : step B C) (g : step C D),
    below (product (product e f) g) (product e (product f g));
  associate_left : forall A B C D (e : step A B) (f : step B C) (g : step C D),
    below (product e (product f g)) (product (product e f) g);
  one_before_dropped : forall A B (e : step A B), below (product (one A) e) e;
  one_before_added : forall A B (e : step A B), below e (product (one A) e);
  one_after_dropped : forall A B (e : step A B), below (product e (one B)) e;
  one_after_added : forall A B (e : step A B), below e (product e (one B));
  zero_before : forall A B C (e : step B C), below (product (zero A B) e) (zero A C);
  zero_after : forall A B C (e : step A B), below (product e (zero B C)) (zero A C);
  distribute_left : forall A B C (e : step A B) (f g : step B C),
    below (product e (choice f g)) (choice (product e f) (product e g));
  distribute_right : forall A B C (e f : step A B) (g : step B C),
    below (product (choice e f) g) (choice (product e g) (product f g));
  star_none : forall A (e : step A A), below (one A) (star e);
  star_first : forall A (e : step A A), below (product e (star e)) (star e);
  star_last : forall A (e : step A A), below (product (star e) e) (star e);
  induction_first : forall A B (e : step A A) (f g : step A B),
    below f g -> below (product e g) g -> below (product (star e) f) g;
  induction_last : forall A B (e : step B B) (f g : step A B),
    below f g -> below (product g e) g -> below (product f (star e)) g;
  test_implies : forall A (b c : point A -> bool),
    (forall x, b x = true -> c x = true) -> below (test b) (test c);
  test_joined : forall A (b c : point A -> bool),
    below (product (test b) (test c)) (test (fun x => andb (b x) (c x)));
  test_parted : forall A (b c : point A -> bool),
    below (test (fun x => andb (b x) (c x))) (product (test b) (test c));
  test_either : forall A (b c : point A -> bool),
    below (test (fun x => orb (b x) (c x))) (choice (test b) (test c));
  test_all : forall A, below (one A) (test (fun _ : point A => true));
  test_dropped : forall A (b : point A -> bool), below (test b) (one A);
  test_none : forall A, below (test (fun _ : point A => false)) (zero A A)
}.
Arguments below {a A B} _ _.
Arguments choice {a A B} _ _.
Arguments product {a A B C} _ _.
Arguments star {a A} _.
Arguments test {a A} _.
Arguments transitive {a A B e f g} _ _.
Arguments choice_both {a A B e f g} _ _.
Arguments product_monotone {a A B C e f g h} _ _.
Arguments induction_first {a A B e f g} _ _.
Arguments induction_last {a A B e f g} _ _.
Arguments zero {a} A B.
Arguments one {a} A.
Arguments point {a} A.
Arguments step {a} A B.

Ltac by_cases := intros x; repeat match goal with
  | |- context [?b x] => is_var b; destruct (b x)
  end; simpl; intros; congruence.

(* Relations are such an algebra, so what is proved of any algebra is proved of them. *)
Inductive repeated (A : Type) (e : A -> A -> Prop) : A -> A -> Prop :=
  | repeated_none : forall x, repeated e x x
  | repeated_first : forall x y z, e x y -> repeated e y z -> repeated e x z.

Lemma repeated_last : forall (A : Type) (e : A -> A -> Prop) x y,
  repeated e x y -> forall z, e y z -> repeated e x z.
Proof.
  intros A e x y H; induction H; intros.
  - eapply repeated_first; [eassumption | apply repeated_none].
  - eapply repeated_first; [eassumption | auto].
Qed.

Ltac plain := intros; repeat match goal with
  | H : exists _, _ |- _ => destruct H
  | H : _ /\\ _ |- _ => destruct H
  | H : _ \\/ _ |- _ => destruct H
  | H : orb _ _ = true |- _ => apply orb_true_iff in H
  | H : False |- _ => destruct H
  | H : andb _ _ = true |- _ => apply andb_true_iff in H
  end; subst; try discriminate;
  eauto 7 using andb_true_intro, repeated_none, repeated_first, repeated_last.

Definition relations : Algebra.
Proof.
  refine {|
    object := Type;
    point := fun A => A;
    step := fun A B => A -> B -> Prop;
    below := fun A B e f => forall x y, e x y -> f x y;
    zero := fun A B => fun x y => False;
    one := fun A => fun x y => x = y;
    choice := fun A B e f => fun x y => e x y \\/ f x y;
    product := fun A B C e f => fun x z => exists y, e x y /\\ f y z;
    star := fun A e => repeated e;
    test := fun A b => fun x y => x = y /\\ b x = true
  |}; try (plain; fail).
  - intros A B e f g base under x z [y [H I]].
    induction H; [auto | apply under; eauto].
  - intros A B e f g base under x z [y [H I]].
    apply base in H; clear base; induction I; [exact H | apply IHI, under; eauto].
Defined.
Print Assumptions relations.
`;
