export declare function helper(): number;
